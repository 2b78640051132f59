import type { LoadedStep } from '../catalogue/load-steps.ts'
import type { Look } from '../report/terminal.ts'

export interface Flag {
  type: 'boolean' | 'string'
  /** What it does, for the help. */
  about: string
}

/** What a command is called with. */
export interface Call {
  /** Root of the workshop. */
  root: string
  /** Words that are not flags, in their order. */
  words: string[]
  /** Flags that were given; boolean ones may be given as plain words too. */
  flags: Record<string, string | boolean | undefined>
  /** All steps, loaded when first asked for. */
  steps(): Promise<LoadedStep[]>
  look: Look
  /** Writes a line of the answer to standard output. */
  print(text: string): void
}

export interface Command {
  name: string
  /** One line for the list of commands. */
  about: string
  /** Words it takes, for the help: `[step]`. */
  takes: string
  /** How many words it takes at most. */
  mostWords: number
  flags: Record<string, Flag>
  /** Does it, and resolves with the exit code. */
  run(call: Call): Promise<number>
}

/** Types a command; returns it as it is. */
export const defineCommand = (command: Command): Command => command
