/** Runs `action` with some environment variables set, or left out where they are undefined; then all is as before. */
export function withEnvironment<T>(
  variables: Readonly<Record<string, string | undefined>>,
  action: () => Promise<T>,
): Promise<T>;
