// The part of Node that the program uses.
declare const process: { argv: string[]; exitCode?: number };
