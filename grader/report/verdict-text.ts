import { stripVTControlCharacters } from 'node:util'
import type { Result } from './result.ts'
import { tableText } from './table-text.ts'
import { type Look, wrap } from './terminal.ts'

type Check = Result['checks'][number]
type Gate = Result['gates'][number]

/** The report of one grade as text. */
export function verdictText(result: Result, look: Look): string {
  const { paint } = look
  const head = [
    `${paint('bold', result.step.id)}  ${result.step.title}`,
    paint(
      'dim',
      `${result.target === 'mine' ? 'graded' : `graded as ${result.target}:`} ${result.step.file}`,
    ),
  ]
  const body = [
    // A type error often explains all the red below in one line.
    ...(result.notes.length > 0 ? [notesText(result.notes, look)] : []),
    ...result.checks.map((check) => checkText(check, look)),
    ...result.gates.map((gate) => gateText(gate, look)),
    ...(result.problem ? [problemText(result.problem, look)] : []),
    ...(result.printed.length > 0 && !result.problem
      ? ['', '  Your server printed:', ...quoted(result.printed, look)]
      : []),
  ]
  return [...head, '', ...body, '', verdictLine(result, look)].join('\n')
}

/** `✔ name`, or `passed: name` for a screen reader. */
function mark(passed: boolean, name: string, { plain, paint, width }: Look): string {
  if (plain) return `${passed ? 'passed' : 'FAILED'}: ${name}`
  const text = wrap(name, width, '    ')
  return passed
    ? `  ${paint('green', '✔')} ${text}`
    : `  ${paint('red', '✖')} ${paint('bold', text)}`
}

function checkText(check: Check, look: Look): string {
  const lines = [mark(check.passed, check.name, look)]
  if (check.evidence) {
    const { sent, expected, received, command } = check.evidence
    const rows: [string, string | undefined][] = [
      ['sent', sent],
      ['expected', expected],
      ['received', received],
      ['why', check.why],
      ['look', check.look],
      ['by hand', command],
    ]
    for (const [label, text] of rows) if (text) lines.push(row(label, text, look))
  }
  if (check.crash) {
    lines.push(row('died', check.crash.message, look), ...quoted(check.crash.details, look))
  }
  return lines.join('\n')
}

function row(label: string, raw: string, { paint, width, plain }: Look): string {
  const text = stripVTControlCharacters(raw) // a server may answer and print in colours
  const indent = ' '.repeat(16)
  if (plain) return `  ${label}: ${text}`
  // A command is there to be copied: it stays on one line.
  const shown = label === 'by hand' ? text : wrap(text, width, indent)
  return `      ${paint('dim', label.padEnd(10))}${shown}`
}

const quoted = (lines: string[], { paint }: Look): string[] =>
  lines.map((line) => paint('dim', `      | ${stripVTControlCharacters(line)}`))

function gateText(gate: Gate, look: Look): string {
  const { paint } = look
  const lines = ['', `  ${paint('bold', 'Under load:')} ${gate.title}`]
  if (gate.verdict === 'not run') {
    lines.push(paint('dim', '  not run: a server that fails a check gets no load'))
  }
  for (const one of gate.observations) {
    const needed =
      'atLeast' in one.needed ? `at least ${one.needed.atLeast}` : `at most ${one.needed.atMost}`
    const spread = one.spread ? ` (${one.spread})` : ''
    const figures = `${rounded(one.measured)} ${one.unit}${spread}, needed ${needed} ${one.unit}`
    lines.push(mark(one.passed, `${one.name}: ${figures}`, look))
    if (!one.passed && gate.verdict === 'fail') lines.push(row('why', one.why, look))
  }
  if (gate.cause) lines.push(causeText(gate.cause, look))
  if (gate.table) {
    lines.push('', ...tableText(gate.table.columns, gate.table.rows).map((line) => `  ${line}`))
  }
  return lines.join('\n')
}

function causeText(cause: NonNullable<Gate['cause']>, look: Look): string {
  const lines = [row('cause', cause.sentence, look)]
  const width = Math.max(...cause.functions.map(({ name }) => name.length))
  for (const { name, file, line, callee, share } of cause.functions) {
    const inside = callee ? `  in ${callee}` : ''
    lines.push(
      `                ${percent(share).padStart(5)}  ${name.padEnd(width)}  ${file}:${line}${inside}`,
    )
  }
  const { loop } = cause
  if (loop) {
    const figures = [
      `event loop delayed by ${loop.delayP50Ms.toFixed(1)} ms (median), ${loop.delayP99Ms.toFixed(1)} ms (p99)`,
      `at work ${percent(cause.utilization)} of the time`,
      `garbage collection ${percent(loop.gcShare)}`,
      `heap ${(loop.heapUsedBytes / 1024 / 1024).toFixed(0)} MB`,
    ]
    lines.push(row('', figures.join(', '), look))
  }
  lines.push(row('profile', `${cause.profileFile} (opens in a browser's developer tools)`, look))
  return lines.join('\n')
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function problemText(problem: NonNullable<Result['problem']>, look: Look): string {
  const { paint, width } = look
  const sign = look.plain ? '' : `${paint('red', '✖')} `
  return [
    `  ${sign}${paint('bold', wrap(problem.message, width, '    '))}`,
    row('why', problem.cause, look),
    row('next', problem.next, look),
    ...quoted(problem.details, look),
  ].join('\n')
}

function notesText(notes: string[], look: Look): string {
  const { paint, width } = look
  return [
    '',
    ...notes.map((note) => `  ${paint('yellow', 'note')}  ${wrap(note, width, '        ')}`),
    '',
  ].join('\n')
}

function verdictLine(result: Result, look: Look): string {
  const { paint, width } = look
  const colours = { pass: 'green', fail: 'red', inconclusive: 'yellow', error: 'magenta' } as const
  const held = result.checks.filter(({ passed }) => passed).length
  const count =
    result.checks.length > 0 ? `${held} of ${result.checks.length} checks hold` : result.reason
  const worst = (['fail', 'inconclusive', 'pass'] as const).find((verdict) =>
    result.gates.some((gate) => gate.verdict === verdict),
  )
  const load = worst ? `, load gate: ${worst}` : ''
  const seconds = (result.durationMs / 1000).toFixed(1)
  const verdict = paint(['bold', colours[result.verdict]], result.verdict.toUpperCase())
  const lines = [
    wrap(`${verdict}  ${count}${load} · ${seconds} s · seed ${result.seed}`, width, '      '),
  ]
  if (result.verdict === 'inconclusive') {
    lines.push(
      wrap(
        `This is not a fail: ${result.reason}. Close other programs and grade again.`,
        width,
        '',
      ),
    )
  }
  return lines.join('\n')
}

/** Three significant digits for small numbers, whole numbers from 100 on. */
export const rounded = (value: number): string =>
  Number.isInteger(value)
    ? String(value)
    : value >= 100
      ? value.toFixed(0)
      : String(Number(value.toPrecision(3)))
