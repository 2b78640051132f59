import { parseArgs } from 'node:util'
import { WorkshopError } from '../errors.ts'
import type { Command, Flag } from './command.ts'

/** Flags that every command has. */
export const commonFlags: Record<string, Flag> = {
  plain: { type: 'boolean', about: 'words instead of signs and colours, for screen readers' },
  help: { type: 'boolean', about: 'say what the command takes' },
}

export const usageOf = ({ name, takes, flags }: Command): string => {
  const optional = Object.entries(flags).map(([flag, { type }]) =>
    type === 'boolean' ? `[${flag}]` : `[-- --${flag} …]`,
  )
  return ['npm run', name, takes, ...optional].filter(Boolean).join(' ')
}

/**
 * Reads the words behind a command. npm keeps `--flags` that stand before its own `--` for itself,
 * so each boolean flag may also be given as a plain word: `npm run grade step-02 solution`.
 * @throws WorkshopError E_UNKNOWN_OPTION
 */
export function readArguments(
  command: Command,
  args: string[],
): { words: string[]; flags: Record<string, string | boolean | undefined> } {
  const known = { ...commonFlags, ...command.flags }
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [name, { type }]),
  )
  const wrong = (problem: string) =>
    new WorkshopError('E_UNKNOWN_OPTION', {
      problem,
      command: command.name,
      usage: usageOf(command),
    })
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const flags: Record<string, string | boolean | undefined> = { ...values }
    for (const [name, { type }] of Object.entries(known)) {
      // npm run grade step-02 --solution: npm took it, and left this trace.
      if (type === 'boolean' && process.env[`npm_config_${name}`] === 'true') flags[name] ??= true
    }
    const isFlag = (word: string) => known[word]?.type === 'boolean'
    for (const word of positionals.filter(isFlag)) flags[word] = true
    const words = positionals.filter((word) => !isFlag(word))
    const tooMany = words[command.mostWords]
    if (tooMany !== undefined) throw wrong(`"${tooMany}" is one word too many.`)
    return { words, flags }
  } catch (error) {
    if (error instanceof WorkshopError) throw error
    throw wrong(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}
