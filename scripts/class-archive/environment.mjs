/** Runs `action` with some environment variables set, or left out where they are undefined; then all is as before. */
export async function withEnvironment(variables, action) {
  const before = Object.fromEntries(Object.keys(variables).map(name => [name, process.env[name]]));
  apply(variables);
  try {
    return await action();
  } finally {
    apply(before);
  }
}

function apply(variables) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
