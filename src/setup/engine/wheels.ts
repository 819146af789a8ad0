import type { Machine } from "./machine.ts";

/** The TensorFlow wheel for one kind of machine; only its libraries and C headers are used, never its Python. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly platformTag: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Inside the wheel; the addon is linked against these. */
  readonly libraries: readonly string[];
}

// Any Python version's wheel holds the same libraries; one is fixed so that every machine fetches one known file.
export const WHEEL_PYTHON = "3.13";

/** The manylinux_2_27 of their names. */
export const OLDEST_GLIBC = "2.27";

const VERSION = "2.21.0";
const LINUX_LIBRARIES = ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"];
const MACOS_LIBRARIES = ["tensorflow/libtensorflow_cc.2.dylib", "tensorflow/libtensorflow_framework.2.dylib"];

const wheels: Readonly<Record<string, Wheel>> = {
  "linux-x64": {
    // "tensorflow" carries parts for graphics cards as well and is twice the size.
    project: "tensorflow-cpu",
    version: VERSION,
    platformTag: "manylinux_2_27_x86_64",
    sha256: "05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793",
    bytes: 274_271_560,
    libraries: LINUX_LIBRARIES,
  },
  "linux-arm64": {
    project: "tensorflow",
    version: VERSION,
    platformTag: "manylinux_2_27_aarch64",
    sha256: "a10abdfb8b1189210c251021a3f153b7ccc52a8e6521351f3dc3331e8ba593e0",
    bytes: 282_213_003,
    libraries: LINUX_LIBRARIES,
  },
  "darwin-arm64": {
    project: "tensorflow",
    version: VERSION,
    platformTag: "macosx_12_0_arm64",
    sha256: "a145ed46c58192b7c3f9916d070caf4f6afc6dc7e5511f83dd97677f4c4947f4",
    bytes: 223_766_900,
    libraries: MACOS_LIBRARIES,
  },
};

export function wheelFor(machine: Machine): Wheel | undefined {
  return wheels[`${machine.platform}-${machine.arch}`];
}
