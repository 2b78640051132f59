import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SpeedGate } from '../catalogue/define-load-gate.ts'
import type { LoopReport } from '../process/probe-client.ts'
import { type RunningServer, type ServerPlan, startServer } from '../process/start-server.ts'
import { InspectorClient } from './cpu-profile.ts'
import { type HotFunction, hotFunctions, idleShare } from './hot-functions.ts'
import { speedRound } from './speed-round.ts'

/** Where the time of a server under load went. */
export interface Cause {
  /** What it means, in a sentence. */
  sentence: string
  /** Functions of the learner's files, the most expensive first; empty when none of it was theirs. */
  functions: HotFunction[]
  /** Undefined when the loop was held for so long that the server could not tell. */
  loop: LoopReport | undefined
  /**
   * Share of the time in which the event loop was at work: 0 to 1. From the profile: the profiler's
   * own signals wake the loop, and Node's eventLoopUtilization counts that as work.
   */
  utilization: number
  /** The profile, for a viewer: path of a .cpuprofile file. */
  profileFile: string
}

/** Share of the time from which a function is worth naming. */
const worthNaming = 0.05

/**
 * Puts the load of a gate once more on the graded server, for a second, under V8's CPU profiler, and
 * says which of the learner's functions held it. Their code is not changed for it.
 */
export async function findCause(gate: SpeedGate, plan: ServerPlan, folder: string): Promise<Cause> {
  const settings = { ...plan.settings, ...gate.settings }
  const inspected = { ...plan, settings, nodeFlags: ['--inspect=127.0.0.1:0'] }
  // Without a compiler the profile's lines are those of the source; an enum needs the compiler.
  const server = await startServer({ ...inspected, loader: 'node' }).catch(() =>
    startServer(inspected),
  )
  try {
    const inspector = await InspectorClient.connect(await inspectorUrl(server))
    // Compiling at the start is not what the gate saw.
    await speedRound(gate, server, 500)
    await inspector.startProfile()
    await server.watchLoop() // not earlier: starting the profiler holds the loop as well
    await speedRound(gate, server, 1000)
    // A server whose loop is held for good cannot tell about it.
    const loop = await server.readLoop().catch(() => undefined)
    const taken = await inspector.stopProfile()
    inspector.close()

    const profileFile = join(folder, `${plan.step}.cpuprofile`)
    writeFileSync(profileFile, JSON.stringify(taken.profile))
    const functions = hotFunctions(taken, plan.root, isTheirs(plan))
      .filter(({ share }) => share >= worthNaming)
      .slice(0, 5)
    const utilization = 1 - idleShare(taken.profile)
    const sentence = sentenceOf(functions, utilization)
    return { sentence, functions, loop, utilization, profileFile }
  } finally {
    await server.stop()
  }
}

/** The file of the graded layer, wherever it lies, and what else stands beside it. */
function isTheirs(plan: ServerPlan): (path: string) => boolean {
  return (path) =>
    path.endsWith('.ts') && plan.gradedFolders.some((folder) => path.startsWith(folder))
}

async function inspectorUrl(server: RunningServer): Promise<string> {
  for (const deadline = performance.now() + 5000; performance.now() < deadline; await wait(10)) {
    const url = /Debugger listening on (ws:\S+)/.exec(server.output.text)?.[1]
    if (url) return url
  }
  throw new Error('the server did not open its inspector')
}

function sentenceOf([worst]: HotFunction[], utilization: number): string {
  if (!worst) {
    const busy = `Its event loop was at work for ${percent(utilization)} of the time.`
    return `The profile shows no function of your file: what is slow here is not a line of yours alone. ${busy}`
  }
  const what = worst.callee ? `${worst.callee}, called by ${worst.name}` : worst.name
  const where = `${worst.file.replace(/^.*\//, '')}:${worst.line}`
  return `${what} in ${where} held the event loop for ${percent(worst.share)} of that second.`
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
