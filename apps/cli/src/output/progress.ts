type Progress = Readonly<{ layer: number; layersTotal: number | null; bytesRead: number }>;

const everyMs = 200;

/** A line on the terminal that is rewritten as the scan goes on; silent where nobody watches. */
export function progressLine(stream: NodeJS.WriteStream): { show(progress: Progress): void; clear(): void } {
  let shownAt = 0;
  return {
    show({ layer, layersTotal, bytesRead }) {
      const now = performance.now();
      if (!stream.isTTY || now - shownAt < everyMs) return;
      shownAt = now;
      const of = layersTotal === null ? "" : ` of ${layersTotal}`;
      stream.write(`\r\u001b[Kreading layer ${layer}${of}, ${(bytesRead / 1_000_000).toFixed(0)} MB`);
    },
    clear() {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}
