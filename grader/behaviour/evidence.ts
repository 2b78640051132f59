import { shorten } from './shorten.ts'

/** What a failed check shows: the reader can repeat it and see what was wanted instead. */
export interface Evidence {
  /** What was sent, in words or as raw text. */
  sent: string
  /** What should have come back. */
  expected: string
  /** What came back. */
  received: string
  /** A command that does the same by hand, where one exists. */
  command?: string
}

/** The learner's server did not do what a check asks. Anything else that is thrown is our trouble. */
export class CheckFailure extends Error {
  readonly evidence: Evidence
  constructor({ sent, expected, received, command }: Evidence) {
    super(`expected ${expected}; received ${received}`)
    this.name = 'CheckFailure'
    this.evidence = { sent: shorten(sent, 300), expected, received: shorten(received, 300) }
    if (command && command.length <= 400) this.evidence.command = command
  }
}

/** Fails the check with this evidence unless the condition holds. */
export function verify(condition: boolean, evidence: Evidence): asserts condition {
  if (!condition) throw new CheckFailure(evidence)
}
