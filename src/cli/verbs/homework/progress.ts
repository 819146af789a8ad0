const WIDTH = 30;

/** A bar on a terminal; elsewhere a line for each tenth. */
export function progressBar(out: NodeJS.WriteStream = process.stderr): (done: number, of: number) => void {
  let tenth = 0;
  return (done, of) => {
    if (!out.isTTY) {
      const now = Math.floor((10 * done) / of);
      if (now > tenth) out.write(`${done} of ${of}\n`);
      tenth = now;
      return;
    }
    const filled = Math.round((WIDTH * done) / of);
    out.write(`\r${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done} of ${of}${done === of ? "\n" : ""}`);
  };
}
