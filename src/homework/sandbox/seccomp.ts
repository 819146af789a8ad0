/**
 * A filter of system calls (classic BPF) for bubblewrap. Student code must be assumed to hold native code; what it may not do
 * is start a process, open a socket that leaves the machine, look into another process, or make memory that no limit counts.
 */
interface Machine {
  /** AUDIT_ARCH of `linux/audit.h`. */
  arch: number;
  /** Numbers of system calls by name; a call that the machine lacks is absent. */
  calls: Readonly<Record<string, number>>;
}

/** From Linux 5.1 on a new call has the same number on all machines. */
const SINCE_LINUX_5 = {
  io_uring_setup: 425,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  pidfd_open: 434,
  clone3: 435,
  pidfd_getfd: 438,
  mount_setattr: 442,
  memfd_secret: 447,
};

// From the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
const MACHINES: Readonly<Partial<Record<NodeJS.Architecture, Machine>>> = {
  x64: {
    arch: 0xc000003e,
    calls: {
      socket: 41,
      clone: 56,
      fork: 57,
      vfork: 58,
      ptrace: 101,
      syslog: 103,
      pivot_root: 155,
      chroot: 161,
      acct: 163,
      mount: 165,
      umount2: 166,
      swapon: 167,
      reboot: 169,
      shmget: 29,
      semget: 64,
      msgget: 68,
      init_module: 175,
      mq_open: 240,
      kexec_load: 246,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      unshare: 272,
      perf_event_open: 298,
      fanotify_init: 300,
      name_to_handle_at: 303,
      open_by_handle_at: 304,
      setns: 308,
      process_vm_readv: 310,
      process_vm_writev: 311,
      finit_module: 313,
      memfd_create: 319,
      bpf: 321,
      userfaultfd: 323,
      ...SINCE_LINUX_5,
    },
  },
  arm64: {
    arch: 0xc00000b7,
    calls: {
      umount2: 39,
      mount: 40,
      pivot_root: 41,
      chroot: 51,
      acct: 89,
      unshare: 97,
      kexec_load: 104,
      init_module: 105,
      syslog: 116,
      ptrace: 117,
      reboot: 142,
      mq_open: 180,
      msgget: 186,
      semget: 190,
      shmget: 194,
      socket: 198,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
      clone: 220,
      swapon: 224,
      perf_event_open: 241,
      fanotify_init: 262,
      name_to_handle_at: 264,
      open_by_handle_at: 265,
      setns: 268,
      process_vm_readv: 270,
      process_vm_writev: 271,
      finit_module: 273,
      memfd_create: 279,
      bpf: 280,
      userfaultfd: 282,
      ...SINCE_LINUX_5,
    },
  },
};

/** Calls with rules of their own; all others of the table are refused. */
const ALLOWED_IN_PART = ["clone", "socket"];
/** Answered by "not implemented", so that libc falls back to a call whose arguments a filter can read, or does without. */
const NOT_IMPLEMENTED = ["clone3", "io_uring_setup", "memfd_create", "memfd_secret"];

const LOAD = 0x20;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
/** Offsets in `struct seccomp_data`. */
const CALL = 0;
const ARCH = 4;
const FIRST_ARGUMENT = 16;
const CLONE_THREAD = 0x10000;
const AF_UNIX = 1;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

/** The filter as bubblewrap's `--seccomp` reads it, or undefined on a machine that the table does not know. */
export function seccompFilter(machine: NodeJS.Architecture = process.arch): Buffer | undefined {
  const known = MACHINES[machine];
  return known && inBytes(program(known, machine));
}

function program({ arch, calls }: Machine, machine: NodeJS.Architecture): Instruction[] {
  const { clone, socket, ...others } = calls as { clone: number; socket: number; [name: string]: number };
  const denied = Object.entries(others).filter(([name]) => !ALLOWED_IN_PART.includes(name));
  const x32: Instruction[] = [
    [AT_LEAST, 0, 1, 0x40000000],
    [RETURN, 0, 0, KILL],
  ];
  const onlyThreads: Instruction[] = [
    [EQUAL, 0, 4, clone],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [ANY_BIT, 0, 1, CLONE_THREAD],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, EPERM],
  ];
  // AF_VSOCK leaves the machine, and no network namespace holds it.
  const onlyUnix: Instruction[] = [
    [EQUAL, 0, 4, socket],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [EQUAL, 0, 1, AF_UNIX],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, EPERM],
  ];
  return [
    [LOAD, 0, 0, ARCH],
    [EQUAL, 1, 0, arch],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, CALL],
    ...(machine === "x64" ? x32 : []),
    ...onlyThreads,
    ...onlyUnix,
    ...denied.flatMap(([name, number]): Instruction[] => [
      [EQUAL, 0, 1, number],
      [RETURN, 0, 0, NOT_IMPLEMENTED.includes(name) ? ENOSYS : EPERM],
    ]),
    [RETURN, 0, 0, ALLOW],
  ];
}

function inBytes(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  for (const [i, [code, ifTrue, ifFalse, value]] of instructions.entries()) {
    bytes.writeUInt16LE(code, i * 8);
    bytes[i * 8 + 2] = ifTrue;
    bytes[i * 8 + 3] = ifFalse;
    bytes.writeUInt32LE(value >>> 0, i * 8 + 4);
  }
  return bytes;
}
