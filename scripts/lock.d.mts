/** Runs `action` while nobody else holds the lock at `path`; one whose holder died is taken. Calls `onWait` once. */
export function withLock<T>(path: string, action: () => Promise<T>, onWait?: () => void): Promise<T>;
