import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import { idOf } from "../contract/subject.js";
import { playStep } from "../receivers/play-step.js";
import { createRecordingServer } from "../receivers/recording-server.js";
import type { Step } from "../receivers/script.js";
import { subjectIn } from "../receivers/scripted-receiver.js";

/** A server on loopback that meets each attempt as it was told just before. */
export interface Stage {
  readonly origin: string;
  /** How the next attempts of this session are met; `null` goes back to 200. */
  meet(sessionId: string, step: Step | null): void;
  close(): Promise<void>;
}

/** On a virtual clock it stalls on behalf of the sender's attempt, whose hold is bound to the connection's port. */
export async function createStage(clock: Clock, contract: Contract): Promise<Stage> {
  const steps = new Map<string, Step>();
  const server = await createRecordingServer({
    clock,
    answer(socket, request) {
      const { sessionId, documentId } = subjectIn(request, contract);
      const step = steps.get(idOf(sessionId, documentId)) ?? { kind: "answer", status: 200 };
      return playStep(step, socket, request, clock);
    },
  });
  return {
    origin: server.origin,
    meet(sessionId, step) {
      if (step === null) steps.delete(sessionId);
      else steps.set(sessionId, step);
    },
    close: () => server.close(),
  };
}
