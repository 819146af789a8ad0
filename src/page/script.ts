/** Loads a script that lies beside the page. A page that was opened from a file may do so, and may not read other files. */
export async function loadScript(address: string, what: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${what} could not be loaded from ${address}.`));
    script.src = address;
    document.head.append(script);
  });
}
