import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import { commonFlags, usageOf } from './read-arguments.ts'

/** All commands, a line each. */
export async function commandList(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const usages = all.map((command) => `npm run ${command.name} ${command.takes}`.trim())
  const width = Math.max(...usages.map((usage) => usage.length))
  return [
    'Start with: npm run grade step-01',
    '',
    ...all.map(({ about }, i) => `  ${(usages[i] ?? '').padEnd(width)}  ${about}`),
  ].join('\n')
}

/** What one command takes. */
export function commandHelp(command: Command): string {
  const flags = Object.entries({ ...command.flags, ...commonFlags })
  const width = Math.max(...flags.map(([name]) => name.length))
  return [
    command.about,
    `Usage: ${usageOf(command)}`,
    ...flags.map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n')
}
