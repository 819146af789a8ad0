import type { Verb } from "../verb.ts";

/** Loaded when called: `doctor` must answer where what `run` needs does not even load. */
export const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  start: async () => (await import("./start.ts")).start,
  run: async () => (await import("./run.ts")).run,
  doctor: async () => (await import("./doctor.ts")).doctor,
  answers: async () => (await import("./answers.ts")).answers,
  homework: async () => (await import("./homework/index.ts")).homework,
  slides: async () => (await import("./slides.ts")).slides,
  site: async () => (await import("./site.ts")).site,
  stills: async () => (await import("./stills.ts")).stills,
  install: async () => (await import("./install.ts")).install,
  help: async () => (await import("./help.ts")).help,
};
