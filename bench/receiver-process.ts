import { startProgram } from "./child-program.js";

export interface ReceiverProcess {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a receiver that answers everything with one status, in another process: it must not share our event loop. */
export async function startReceiver(status: number): Promise<ReceiverProcess> {
  const { child, message: port, ended } = await startProgram("answering-server.js", [String(status)]);
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    async close() {
      child.kill();
      await ended;
    },
  };
}
