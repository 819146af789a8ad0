const INTERVAL_MS = 1000;

/**
 * Calls `leave` once the process that started this one is gone, so that no kernel outlives its server.
 * Jupyter names that process in JPY_PARENT_PID; otherwise a new parent (an orphan is adopted) tells it.
 */
export function watchParent(leave: () => void, env: NodeJS.ProcessEnv = process.env): NodeJS.Timeout {
  const first = process.ppid;
  const named = Number(env.JPY_PARENT_PID ?? Number.NaN);
  const timer = setInterval(() => {
    if (process.ppid === first && (Number.isNaN(named) || isAlive(named))) return;
    clearInterval(timer);
    leave();
  }, INTERVAL_MS);
  timer.unref();
  return timer;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
