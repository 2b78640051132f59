/**
 * Usage: node grader/cli/main.ts <command> …, through `npm run <command>`.
 * Every script of the workshop ends up here, on the pinned Node.
 */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedStep, loadSteps } from '../catalogue/load-steps.ts'
import { nearest } from '../catalogue/nearest.ts'
import { WorkshopError } from '../errors.ts'
import { errorText } from '../report/error-text.ts'
import { lookOf } from '../report/terminal.ts'
import { commands } from './commands/index.ts'
import { commandHelp, commandList } from './help.ts'
import { readArguments } from './read-arguments.ts'
import { endWhenAsked, stopWatching } from './signals.ts'

const root = process.env.WORKSHOP_ROOT ?? resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const print = (text: string) => process.stdout.write(`${text}\n`)

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const load = commands[name]
  if (!load) {
    if (['help', '--help', '-h'].includes(name)) {
      print(await commandList())
      return 0
    }
    const guess = nearest(name, Object.keys(commands))
    const suggestion = guess ? `Did you mean: npm run ${guess}` : 'See them all with: npm run help'
    throw new WorkshopError('E_UNKNOWN_COMMAND', { name, suggestion })
  }
  const command = await load()
  const { words, flags } = readArguments(command, args)
  if (flags.help) {
    print(commandHelp(command))
    return 0
  }
  let steps: Promise<LoadedStep[]> | undefined
  return command.run({
    root,
    words,
    flags,
    look: lookOf(Boolean(flags.plain)),
    print,
    steps: () => (steps ??= loadSteps(root)),
  })
}

endWhenAsked()
// `npm run hint all | head` closes our output early; that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const plain = process.argv.includes('--plain') || process.argv.includes('plain')
  // Ours is a paragraph; what nobody expected keeps its stack trace.
  if (error instanceof WorkshopError) process.stderr.write(`${errorText(error, lookOf(plain))}\n`)
  else console.error(error)
  process.exitCode = 2
}
// The channel of a parent that waits for us would keep this process alive. Leaving it is not its end.
stopWatching()
process.disconnect?.()
