import { BootstrapFailure } from "../failure.mjs";

/** An archive that cannot be used, or made; the message is one sentence that says what to do. */
export class ArchiveFailure extends BootstrapFailure {}
