#!/usr/bin/env node
import { dispatch } from "./dispatch.ts";

process.setSourceMapsEnabled(true);
process.exitCode = await dispatch(process.argv.slice(2));
