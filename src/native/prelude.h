// Read before tfjs-node's sources, each of which is compiled with it: functions of TensorFlow's that they call become ours.
#pragma once
#include "own_graphs.h"
#include "own_memory.h"
