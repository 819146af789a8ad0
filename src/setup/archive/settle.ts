import { SetupFailure } from "../failure.ts";

/**
 * Stands in a portable addon where the folder of its libraries will be written. The name is as long as a folder's may
 * be in practice: a linked file can be changed in place and not grow.
 */
export const RUNTIME_FOLDER: string = `/${"to-be-settled/".repeat(72)}latent-engine`;

/** The addon with the folder in which its libraries lie on this machine. */
export function settleAddon(addon: Uint8Array, folder: string): Buffer {
  const settled = Buffer.from(addon);
  const room = Buffer.from(`${RUNTIME_FOLDER}\0`);
  const at = settled.indexOf(room);
  if (at < 0) throw new Error("The addon is not a portable one: it names no folder to be settled.");
  const name = Buffer.from(folder);
  if (name.length >= room.length) {
    throw new SetupFailure(
      `The cache folder's name is too long for a finished engine: ${folder}`,
      "Set LATENT_CACHE to a folder with a shorter name and run the command again.",
    );
  }
  settled.fill(0, at, at + room.length);
  name.copy(settled, at);
  return settled;
}
