import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { WorkshopError } from '../errors.ts'
import { canConnect } from './can-connect.ts'
import { serverEnvironment } from './environment.ts'
import { explainStart } from './explain-start.ts'
import { freePort } from './free-port.ts'
import { gradeIdOf, noteEnded, noteStarted } from './grade-folder.ts'
import { endGroup, killTree } from './kill-tree.ts'
import { Output } from './output.ts'
import { ask, type Counters, type LoopReport } from './probe-client.ts'
import { listeningPorts } from './process-table.ts'

/** How to compose and start a server; plain data, so that it can be handed to another thread. */
export interface ServerPlan {
  /** Root of the workshop: where package.json with the "imports" is. */
  root: string
  /** The grade's folder, from `openGrade`. */
  folder: string
  /** Which version of each layer, as conditions of package.json's "imports". */
  conditions: string[]
  /** Puts this file in the place of one import (`#limits`); how variants are run. */
  replace?: { specifier: string; file: string } | undefined
  /** Environment variables of the server, such as MAX_CONNECTIONS. PORT and HOST are set here. */
  settings: Record<string, string | number>
  /** Name of the step, for messages: `step-02`. */
  step: string
  /** Time in which it has to listen, in milliseconds. Default 10 000. */
  startTimeoutMs?: number
  /** Folders of the graded version, from the root, with `/` at the end: whose code is whose. */
  gradedFolders: string[]
  /** Flags for its Node, such as `--inspect=…`. */
  nodeFlags?: string[]
  /**
   * How TypeScript is read. Default `tsx`, which knows all of it; `node` strips types and leaves
   * every line in its place, and refuses what is more than types.
   */
  loader?: 'tsx' | 'node'
  /** Output after which it is stopped, in bytes. Default 8 MB. */
  outputLimitBytes?: number
}

export interface RunningServer {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly pid: number
  readonly settings: Record<string, string | number>
  readonly output: Output
  /** How it ended, in words, once it has; undefined while it runs. */
  ended(): string | undefined
  /** Why it must not go on being graded (it died, or flooded its output), if there is a reason. */
  trouble(): WorkshopError | undefined
  /** What the server itself counted since its start: connections, requests, CPU time. */
  counters(): Promise<Counters>
  /** Begins to watch its event loop; `readLoop` tells what was seen. */
  watchLoop(): Promise<void>
  readLoop(): Promise<LoopReport>
  /** Ends it with all its children. */
  stop(): Promise<void>
}

const fileUrl = (name: string): string => new URL(name, import.meta.url).href

/**
 * Starts the server of a plan in a process (and process group) of its own on a free port of
 * 127.0.0.1 and resolves when it accepts connections.
 * @throws WorkshopError E_SERVER_… saying what kept it from listening.
 */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  // Between finding a free port and listening on it somebody else may take it: then try another.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const server = spawnServer(plan, port)
    const problem = await untilListening(plan, server)
    if (!problem) return server
    await server.stop()
    const portTaken =
      server.output.text.includes('EADDRINUSE') && server.output.text.includes(`${port}`)
    if (!portTaken || attempt === 3) throw problem
  }
}

function spawnServer(plan: ServerPlan, port: number): RunningServer & { child: ChildProcess } {
  const settings = { ...plan.settings, HOST: '127.0.0.1', PORT: port }
  const env = serverEnvironment(settings, gradeIdOf(plan.folder))
  const replacing = plan.replace ? ['--import', fileUrl('replace-layer.mjs')] : []
  if (plan.replace) env.WORKSHOP_REPLACE = JSON.stringify(plan.replace)
  const child = spawn(
    process.execPath,
    [
      ...(plan.nodeFlags ?? []),
      ...plan.conditions.map((condition) => `--conditions=${condition}`),
      ...(plan.loader === 'node' ? [] : ['--import', import.meta.resolve('tsx')]),
      ...replacing,
      '--import',
      fileUrl('probe.mjs'),
      'steps/step-01-baseline/server.ts',
    ],
    {
      cwd: plan.root,
      env,
      detached: process.platform !== 'win32', // its own process group, to be ended as one
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const pid = child.pid
  if (pid === undefined) throw new Error(`could not start ${process.execPath}`)
  noteStarted(plan.folder, pid)

  let ended: string | undefined
  let stopping = false
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = signal ? `signal ${signal}` : `exit code ${code}`
      endGroup(pid) // what it leaves behind in its group has nobody else to end it
      noteEnded(plan.folder, pid)
      resolve()
    })
  })
  const closed = once(child, 'close') // exit, and its output read to the end

  const output = new Output(plan.outputLimitBytes)
  output.drain(child.stdout)
  output.drain(child.stderr)
  output.onFlood = () => killTree(pid)

  return {
    child,
    host: '127.0.0.1',
    port,
    pid,
    settings,
    output,
    ended: () => ended,
    trouble() {
      if (output.flooded) {
        const megabytes = output.limitBytes / 1024 / 1024
        const lines = output.text.split('\n')
        return new WorkshopError('E_SERVER_FLOOD', { megabytes }, [
          ...lines.slice(0, 3),
          '…',
          ...lines.slice(-3),
        ])
      }
      if (ended === undefined || stopping) return undefined
      const values = { how: ended, step: plan.step }
      return new WorkshopError('E_SERVER_CRASHED', values, output.lastLines(12))
    },
    counters: () => ask(child, 'counters'),
    watchLoop: async () => void (await ask(child, 'watch loop')),
    readLoop: () => ask(child, 'read loop'),
    async stop() {
      stopping = true
      if (ended === undefined) killTree(pid)
      await exited
      // A child that left with our pipe in its hand keeps it open; its end is the warden's job.
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 200).unref())])
      child.stdout?.destroy()
      child.stderr?.destroy()
    },
  }
}

/** Resolves when the server accepts connections, or with the reason why it never will. */
async function untilListening(
  plan: ServerPlan,
  server: RunningServer & { child: ChildProcess },
): Promise<WorkshopError | undefined> {
  const timeoutMs = plan.startTimeoutMs ?? 10_000
  const deadline = performance.now() + timeoutMs
  let polls = 0
  let othersSeen = 0
  while (performance.now() < deadline) {
    if (server.output.flooded) return server.trouble()
    if (server.ended() !== undefined) {
      await server.stop() // reads the output to its end
      return explainStart(plan, server.output, server.ended() ?? 'unknown')
    }
    if (await canConnect(server.port)) {
      return server.ended() === undefined ? undefined : server.trouble()
    }
    // Looking through /proc costs more than a connect, so only now and then. Another port may be
    // the first of two: it must be the only one for a while.
    if (++polls % 25 === 0) {
      const [actual] = plan.nodeFlags ? [] : listeningPorts(server.pid)
      if (actual !== undefined && ++othersSeen === 4 && !(await canConnect(server.port))) {
        return new WorkshopError('E_SERVER_WRONG_PORT', { actual, port: server.port })
      }
    }
  }
  const values = { port: server.port, seconds: timeoutMs / 1000, step: plan.step }
  return new WorkshopError('E_SERVER_SILENT', values, server.output.lastLines(8))
}
