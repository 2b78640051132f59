/**
 * Every error of ours: a code, a message in the reader's words, a likely cause, a next action.
 * `{name}` is filled in where the error is raised. Whose fault it is decides the exit code.
 */
export const errorTable = {
  E_UNKNOWN_COMMAND: {
    whose: 'usage',
    message: 'There is no command "{name}".',
    cause: 'A typo, or a command of a later version.',
    next: '{suggestion}',
  },
  E_UNKNOWN_OPTION: {
    whose: 'usage',
    message: '{problem}',
    cause: 'The command "{command}" does not take it.',
    next: 'Usage: {usage}',
  },
  E_UNKNOWN_STEP: {
    whose: 'usage',
    message: 'There is no step "{name}".',
    cause: 'A typo, or a step that is not part of this version.',
    next: '{suggestion}',
  },
  E_NOTHING_LEFT: {
    whose: 'usage',
    message: 'Every step is passed already.',
    cause: 'Without an argument the first step not yet passed is meant.',
    next: 'Name a step to grade it again: npm run grade {example}',
  },
  E_NO_LAYER: {
    whose: 'usage',
    message: '{step} ships finished: it has no file for you to write.',
    cause: 'Step 01 is the baseline that the other steps build on.',
    next: 'Go on with: npm run grade step-02',
  },
  E_SPOILER: {
    whose: 'usage',
    message: 'You have not passed {step} yet, and the diff shows the reference.',
    cause: 'It is a spoiler until then. A hint is smaller: npm run hint {step}',
    next: 'To see it all the same, ask once more: npm run diff {step}',
  },
  E_FILE_MISSING: {
    whose: 'learner',
    message: '{file} is not there.',
    cause: 'It was moved, renamed or deleted.',
    next: 'Bring back the starting version with: npm run reset {step}',
  },
  E_NO_REFERENCE: {
    whose: 'setup',
    message: '{file} is not there, and it is needed.',
    cause: 'This copy of the workshop came without (all of) its solutions.',
    next: 'Ask who gave it to you, or get the whole: git checkout -- solutions',
  },
  E_CATALOGUE: {
    whose: 'grader',
    message: '{step} is not complete: {problem}',
    cause: 'A file of the workshop itself was changed or is missing.',
    next: 'Compare with the release: git status steps solutions package.json',
  },
  E_NOTHING_RAN: {
    whose: 'grader',
    message: 'No verdict: {problem}',
    cause:
      'The checks of this step could not be run; a check that did not run never counts as passed.',
    next: 'Run it again. If it stays so, please report it with the lines above.',
  },
  E_INTERRUPTED: {
    whose: 'usage',
    message: 'Stopped. Nothing was graded, and nothing is left running.',
    cause: 'You pressed Ctrl-C, or the terminal was closed.',
    next: 'Start again when you like.',
  },
  E_SERVER_SYNTAX: {
    whose: 'learner',
    message: 'Your server did not start: {where} could not be read as TypeScript.',
    cause: '{detail}',
    next: 'Mend that line and grade again.',
  },
  E_SERVER_EXPORT: {
    whose: 'learner',
    message: 'Your server did not start: {file} does not export "{name}".',
    cause: 'The server is put together from named exports; the starting version has them all.',
    next: 'Give the function back its name, with "export" before it, and grade again.',
  },
  E_SERVER_IMPORT: {
    whose: 'learner',
    message: 'Your server did not start: {name} could not be imported.',
    cause:
      'A typo in an import, a missing file extension, or a package that is not part of this workshop.',
    next: 'Relative imports need their ending (./file.ts); packages are the ones in package.json.',
  },
  E_SERVER_EXITED: {
    whose: 'learner',
    message: 'Your server ended before it listened ({how}).',
    cause:
      'Something was thrown while it started, or it called process.exit. Its last lines, if any, stand below.',
    next: 'See it for yourself with: npm start {step}',
  },
  E_SERVER_SILENT: {
    whose: 'learner',
    message: 'Your server did not listen on port {port} within {seconds} s.',
    cause: 'Does createServer return the server, and is nothing awaited forever before it listens?',
    next: 'See it for yourself with: npm start {step}',
  },
  E_SERVER_WRONG_PORT: {
    whose: 'learner',
    message: 'Your server listens on port {actual}, but it was told PORT={port}.',
    cause: 'A port is written into the code, or listen() is called a second time by your file.',
    next: 'Leave listening to the server: it takes PORT and HOST from the environment.',
  },
  E_SERVER_FLOOD: {
    whose: 'learner',
    message: 'Your server printed more than {megabytes} MB and was stopped.',
    cause: 'A console.log in a loop, or one for every byte or connection.',
    next: 'Take the printing out and grade again. Its first and last lines stand below.',
  },
  E_SERVER_CRASHED: {
    whose: 'learner',
    message: 'Your server died while it was being graded ({how}).',
    cause: 'An error that nobody caught ends a Node process. Its last lines stand below.',
    next: 'Find the line in the stack trace; run the server by hand with: npm start {step}',
  },
  E_SERVER_STUCK: {
    whose: 'learner',
    message: 'Your server did not answer the grader within {seconds} s.',
    cause: 'A loop or a synchronous call holds its only thread: nobody else is served meanwhile.',
    next: 'Look for work that may take long, or forever, in your file. What failed above is about it, whatever the names say.',
  },
  E_PORTS_TAKEN: {
    whose: 'setup',
    message: 'No free port was found on 127.0.0.1.',
    cause: 'Other programs hold them, or this machine does not let programs listen.',
    next: 'Close other servers and run it again.',
  },
} as const satisfies Record<
  string,
  { whose: 'usage' | 'setup' | 'learner' | 'grader'; message: string; cause: string; next: string }
>

export type ErrorCode = keyof typeof errorTable

/** An error that is meant to be read: rendered as one paragraph, never as a stack trace. */
export class WorkshopError extends Error {
  readonly code: ErrorCode
  readonly likelyCause: string
  readonly next: string
  /** Lines that belong to it, such as the last output of the learner's server. */
  readonly details: string[]

  constructor(
    code: ErrorCode,
    values: Record<string, string | number> = {},
    details: string[] = [],
  ) {
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole))
    super(fill(errorTable[code].message))
    this.name = 'WorkshopError'
    this.code = code
    this.likelyCause = fill(errorTable[code].cause)
    this.next = fill(errorTable[code].next)
    this.details = details
  }

  get whose(): 'usage' | 'setup' | 'learner' | 'grader' {
    return errorTable[this.code].whose
  }
}
