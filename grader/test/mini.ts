// A copy of the mini workshop, and the command line on it. The copy lies as deep in the repository
// as the original, so that node_modules and grader/author.ts are found from both.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Result } from '../report/result.ts'
import { leftovers } from './leftovers.ts'

const here = dirname(fileURLToPath(import.meta.url))
const repository = resolve(here, '../..')
const main = join(repository, 'grader/cli/main.ts')
const layer = 'steps/step-02-greeting/greeting.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  /** What it has printed so far. */
  stdout(): string
  ended: Promise<Ended>
}

export class Mini {
  readonly root = join(repository, '.workshop/test', `mini-${randomBytes(4).toString('hex')}`)
  /** TMPDIR of everything that runs on this copy, so that what is left behind can be told apart. */
  readonly temporary = join(this.root, 'tmp')

  constructor() {
    mkdirSync(this.temporary, { recursive: true })
    cpSync(join(here, 'mini-workshop'), this.root, { recursive: true })
    // In the repository they have another name: there they are no tests.
    for (const file of readdirSync(this.root, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.checks.ts'))
        renameSync(this.path(file), this.path(file.replace('.checks.ts', '.test.ts')))
    }
    // The compiled files of all copies are the same: let tsx keep them in one place.
    const cache = `tsx-${process.geteuid?.() ?? ''}`
    mkdirSync(join(tmpdir(), cache), { recursive: true })
    symlinkSync(join(tmpdir(), cache), join(this.temporary, cache))
  }

  path(...names: string[]): string {
    return join(this.root, ...names)
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8')
  }

  write(file: string, text: string): void {
    writeFileSync(this.path(file), text)
  }

  /** Replaces a piece of a file that must be there. */
  edit(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file)
    const after = before.replace(from, () => to)
    if (after === before) throw new Error(`${file} has no ${from}`)
    this.write(file, after)
  }

  /** The learner writes this as the layer of step 02. */
  learnerWrites(text: string): void {
    this.write(layer, text)
  }

  /** The learner writes the reference, with these lines before it. */
  learnerSolves(before = ''): void {
    this.learnerWrites(`${before}\n${this.read('solutions/step-02-greeting/greeting.ts')}`)
  }

  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const ours =
      /^(VITEST|NODE_|npm_|FORCE_COLOR|NO_COLOR|TEST$|PROD$|DEV$|MODE$|BASE_URL$|SSR$|CI$)/
    const env = Object.entries(process.env).filter(([name]) => !ours.test(name))
    return {
      ...Object.fromEntries(env),
      WORKSHOP_ROOT: this.root,
      TMPDIR: this.temporary,
      npm_lifecycle_event: '',
      // A third less to do for each of many command lines; it does not reach graded servers.
      NODE_COMPILE_CACHE: join(repository, '.workshop/test/compile-cache'),
      ...more,
    }
  }

  start(words: string[], env: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [main, ...words], {
      cwd: repository,
      env: this.environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text) => {
        said[name] += text
      })
    }
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, ...said }))
    })
    return { child, stdout: () => said.stdout, ended }
  }

  /** Runs `npm run <words>` to its end: `run('grade 2 solution')`. */
  run(words: string, env?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.start(words.split(' '), env).ended
  }

  /** Grades step 02 and returns its result beside how the command ended. */
  async grade(words = 'grade step-02'): Promise<Ended & { result: Result }> {
    const ended = await this.run(`${words} --json`)
    if (!ended.stdout) throw new Error(`no result: ${ended.stderr}`)
    return { ...ended, result: Result.parse(JSON.parse(ended.stdout)) }
  }

  /** The command line as a shell would be given it. */
  commandLine(words: string): string {
    return `${process.execPath} ${main} ${words}`
  }

  /** Processes of this copy that still run, and folders of grades that are still there. */
  leftovers(): string[] {
    const folders = existsSync(this.temporary) ? readdirSync(this.temporary) : []
    const grades = folders.filter((name) => name.startsWith('workshop-grade-'))
    return [...leftovers(this.root, basename(this.root)), ...grades]
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 })
  }
}
