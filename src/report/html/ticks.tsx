interface TicksProps {
  /** When attempts are due, as far as the axis goes; milliseconds. */
  readonly offsetsMs: readonly number[];
  /** Where on the axis, per cent of it. */
  readonly share: (ms: number) => number;
  /** Pixels: so far down the lines go, and their labels stand below. */
  readonly height: number;
}

/** The time axis of a delivery, with a line at each moment that an attempt is due. */
export function Ticks({ offsetsMs, share, height }: TicksProps) {
  return (
    <>
      {offsetsMs.map((ms) => (
        <g key={ms} class={ms === offsetsMs[1] && offsetsMs.length > 3 ? "tick second" : "tick"}>
          <line x1={`${share(ms)}%`} x2={`${share(ms)}%`} y1="0" y2={height} />
          <text x={`${share(ms)}%`} y={height + 14}>
            {ms === offsetsMs.at(-1) ? `${ms / 60_000} min` : ms / 60_000}
          </text>
        </g>
      ))}
    </>
  );
}
