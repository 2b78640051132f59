import { readFileSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { join } from 'node:path'
import type { TakenProfile } from './cpu-profile.ts'
import { SourcePositions } from './source-positions.ts'

/** A function of the learner's with what it cost. */
export interface HotFunction {
  /** Its name, `(anonymous)` where it has none. */
  name: string
  /** Path from the root of the workshop. */
  file: string
  /** Line in the source, counted from 1: the call, or the line of its own where the time went. */
  line: number
  /** What it called there, when the time went into something that is not the learner's. */
  callee: string
  /** Share of the profiled time, its callees included: 0 to 1. */
  share: number
}

type Node = Profiler.ProfileNode

/**
 * The functions of some files in which a profile spent its time. Time in a library, in Node or in
 * the engine counts for the nearest function of theirs that called it: `pbkdf2Sync` is slow, but the
 * line to change is the one that calls it.
 * @param isTheirs whether a file, as a path from the root, is the learner's.
 */
export function hotFunctions(
  { profile, scripts }: TakenProfile,
  root: string,
  isTheirs: (path: string) => boolean,
): HotFunction[] {
  const positions = new SourcePositions(scripts, root)
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map<number, Node>()
  for (const node of profile.nodes) for (const id of node.children ?? []) parents.set(id, node)
  const inWorkshop = (path: string) => isTheirs(path) || /^(steps|solutions)\//.test(path)

  const found = new Map<string, HotFunction>()
  const totalMicros = profile.endTime - profile.startTime
  for (const [id, micros] of selfMicros(profile)) {
    // From the sampled function up to the first one of the workshop; `below` is what that one called.
    let below: Node | undefined
    let node = nodes.get(id)
    while (node && !inWorkshop(positions.pathOf(node.callFrame))) {
      if (!node.callFrame.functionName.startsWith('(')) below = node // (program), (garbage collector)
      node = parents.get(node.id)
    }
    if (!node || handsOn(below)) continue
    const file = positions.pathOf(node.callFrame)
    if (!isTheirs(file)) continue
    const name = node.callFrame.functionName || '(anonymous)'
    const callee = below?.callFrame.functionName ?? ''
    const line = positions.sourceLine(node) ?? 1
    const key = `${file} ${name} ${node.callFrame.lineNumber} ${node.callFrame.columnNumber} ${callee}`
    const one = found.get(key) ?? {
      name,
      file,
      line: callLine(root, file, line, callee),
      callee,
      share: 0,
    }
    if (!callee) one.line = positions.hottestLine(node) ?? line
    one.share += micros / totalMicros
    found.set(key, one)
  }
  return [...found.values()].sort((a, b) => b.share - a.share)
}

/** Share of the profiled time in which nothing ran: 0 to 1. */
export function idleShare(profile: Profiler.Profile): number {
  const all = [...selfMicros({ ...profile, nodes: [] }).values()]
  const busy = [...selfMicros(profile).values()]
  const sum = (micros: number[]) => micros.reduce((total, one) => total + one, 0)
  return 1 - sum(busy) / sum(all)
}

/** Express's `next()` hands the request on: what happens behind it is not its caller's doing. */
const handsOn = (called: Node | undefined): boolean =>
  called?.callFrame.functionName === 'next' && /\/(router|express)\//.test(called.callFrame.url)

/** Time in each node itself, by the distances between samples, in microseconds; without idle time. */
function selfMicros({
  nodes,
  samples = [],
  timeDeltas = [],
}: Profiler.Profile): Map<number, number> {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id),
  )
  const micros = new Map<number, number>()
  samples.forEach((id, i) => {
    // A sample stands for the time until the next one.
    if (!idle.has(id)) micros.set(id, (micros.get(id) ?? 0) + (timeDeltas[i + 1] ?? 0))
  })
  return micros
}

/**
 * The line on which a function, beginning at `from`, calls the callee. A profile knows where functions
 * begin and where their own time went, not from where they called: so look into the source.
 */
function callLine(root: string, file: string, from: number, callee: string): number {
  const name = callee.split('.').at(-1) ?? ''
  if (!/^[\w$]+$/.test(name)) return from
  const call = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s*\\(`)
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  const at = lines.findIndex((text, i) => i >= from - 1 && call.test(text))
  return at < 0 ? from : at + 1
}
