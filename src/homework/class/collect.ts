import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { unzipSync } from "fflate";
import { readIfPresent } from "../../course/pair/index.ts";
import { writeAtomically } from "../../setup/temporary.ts";
import type { Course } from "./course.ts";
import { type Roster, readRoster, writeRoster } from "./roster.ts";

/** A file that was handed in, with what its path says. */
interface Handed {
  student: string;
  /** As the learning platform writes it, where it does. */
  name?: string;
  timestamp?: string;
  /** Whether the platform's path says so. */
  late?: boolean;
  bytes: Uint8Array;
}

export interface Collected {
  students: string[];
  /** Of them those whom the platform marks as late: a zip has no times. */
  late: string[];
  /** Files that were no notebook, or whose path names no student. */
  ignored: string[];
}

const MOST_BYTES = 512 * 2 ** 20;

/**
 * Takes what a class has handed in into `submitted/`: from a folder, nbgrader's exchange, or the zip that Moodle or Canvas
 * gives. Of several notebooks of one student the latest counts. Taking the same again changes nothing.
 */
export async function collect(course: Course, assignment: string, from: string): Promise<Collected> {
  const files = from.endsWith(".zip") ? await filesOfZip(from) : await filesOfFolder(from);
  const ignored: string[] = [];
  const latest = new Map<string, Handed>();
  for (const [path, { bytes, time }] of files) {
    const handed = path.endsWith(".ipynb") ? recognise(path, assignment) : undefined;
    if (handed === undefined) {
      if (!/(?:^|\/)(?:timestamp\.txt|\..*)$/.test(path)) ignored.push(path);
      continue;
    }
    const timestamp = handed.timestamp ?? timestampBeside(files, path) ?? time;
    const before = latest.get(handed.student);
    if (before !== undefined && (before.timestamp ?? "") > (timestamp ?? "")) continue;
    latest.set(handed.student, { ...handed, bytes, ...(timestamp !== undefined && { timestamp }) });
  }
  const roster = await readRoster(course);
  for (const handed of latest.values()) await keep(course, assignment, handed, roster);
  await writeRoster(course, roster);
  const late = [...latest.values()].filter(handed => handed.late).map(({ student }) => student);
  return { students: [...latest.keys()].sort(), late: late.sort(), ignored };
}

async function keep(
  course: Course,
  assignment: string,
  { student, name, timestamp, bytes }: Handed,
  roster: Roster,
): Promise<void> {
  const folder = course.submitted(student, assignment);
  await writeAtomically(join(folder, `${assignment}.ipynb`), bytes);
  if (timestamp !== undefined) await writeAtomically(join(folder, "timestamp.txt"), timestamp);
  if (name !== undefined) roster[student] = { ...roster[student], name };
}

interface File {
  bytes: Uint8Array;
  /** When it was last written, in nbgrader's form. */
  time?: string;
}

async function filesOfFolder(folder: string): Promise<Map<string, File>> {
  const files = new Map<string, File>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // A link could lead to anything; nobody hands one in.
    if (!entry.isFile() || entry.name.startsWith(".") || path.includes(".ipynb_checkpoints")) continue;
    const within = relative(folder, path).split(sep).join("/");
    files.set(within, { bytes: await readFile(path), time: nbgraderTime((await stat(path)).mtime) });
  }
  return files;
}

async function filesOfZip(path: string): Promise<Map<string, File>> {
  let size = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    size += originalSize;
    if (size > MOST_BYTES)
      throw new Error(`${path} unpacks to more than ${MOST_BYTES / 2 ** 20} MB; unpack it, and name the folder.`);
    return !name.endsWith("/") && !name.includes(".ipynb_checkpoints") && !name.startsWith("__MACOSX/");
  };
  const entries = unzipSync(await readFile(path), { filter });
  return new Map(Object.entries(entries).map(([name, bytes]) => [name, { bytes }]));
}

/** The ways in which a path says whose notebook it is; the first that fits counts. */
const PATHS: readonly ((path: string, assignment: string) => Omit<Handed, "bytes"> | undefined)[] = [
  // nbgrader's exchange, inbound: student+assignment+timestamp+random/notebook
  (path, assignment) => {
    const [student, of, time] = folderOf(path).split("+");
    if (student === undefined || of === undefined || time === undefined || of !== assignment) return undefined;
    return { student, timestamp: time };
  },
  // Moodle: "Name_12345_assignsubmission_file/notebook", "…_file_/notebook", or with the file's name behind it
  path => {
    const [, name, id] = /(?:^|\/)([^/]*?)_(\d+)_assignsubmission_file[_/]/.exec(path) ?? [];
    return id === undefined || name === undefined ? undefined : { student: id, name };
  },
  // Canvas: "lastfirst_12345_67890_notebook.ipynb", "lastfirst_LATE_12345_67890_notebook.ipynb"
  path => {
    const [, name, late, id] = /(?:^|\/)([^/_]+)_(LATE_)?(\d+)_\d+_[^/]*$/.exec(path) ?? [];
    return id === undefined || name === undefined ? undefined : { student: id, name, late: late !== undefined };
  },
  // nbgrader's own: student/assignment/notebook; or student/notebook
  (path, assignment) => {
    const folders = dirname(path).split("/");
    const at = folders.indexOf(assignment);
    const student =
      at > 0 ? folders[at - 1] : at < 0 && folders.length === 1 && folders[0] !== "." ? folders[0] : undefined;
    return student === undefined ? undefined : { student };
  },
  // A flat folder: student.ipynb, student-assignment.ipynb
  (path, assignment) => {
    if (path.includes("/")) return undefined;
    const student = basename(path, ".ipynb").replace(new RegExp(`[-_ ]?${assignment}$`), "");
    return student === "" ? undefined : { student };
  },
];

function recognise(path: string, assignment: string): Omit<Handed, "bytes"> | undefined {
  for (const way of PATHS) {
    const handed = way(path, assignment);
    // What names a folder of ours may lead nowhere else; nbgrader takes no "+" in a name.
    if (handed !== undefined) return { ...handed, student: handed.student.replace(/[/\\+\0]|^\.+/g, "_") };
  }
  return undefined;
}

function folderOf(path: string): string {
  return dirname(path).split("/").at(-1) ?? "";
}

function timestampBeside(files: ReadonlyMap<string, File>, path: string): string | undefined {
  const beside = files.get(join(dirname(path), "timestamp.txt"));
  return beside && Buffer.from(beside.bytes).toString().trim();
}

function nbgraderTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace("T", " ")}.000000 UTC`;
}

/** When a student has handed in, where that is known. */
export async function handedInAt(course: Course, student: string, assignment: string): Promise<Date | undefined> {
  const text = await readIfPresent(join(course.submitted(student, assignment), "timestamp.txt"));
  if (text === undefined) return undefined;
  const time = new Date(text.trim().replace(" UTC", "Z").replace(" ", "T"));
  return Number.isNaN(time.getTime()) ? undefined : time;
}
