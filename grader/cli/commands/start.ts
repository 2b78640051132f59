import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findStep } from '../../catalogue/find-step.ts'
import type { LoadedStep } from '../../catalogue/load-steps.ts'
import { conditionsOf, type Target } from '../../catalogue/target.ts'
import { WorkshopError } from '../../errors.ts'
import { defineCommand } from '../command.ts'
import { fileOf } from '../plan.ts'
import { handTerminalTo } from '../signals.ts'

export const start = defineCommand({
  name: 'start',
  about: "run a step's server, to poke at it by hand; PORT=3001 npm start … for another port",
  takes: '[step]',
  mostWords: 1,
  flags: {
    solution: { type: 'boolean', about: 'with the reference instead of your file' },
    graded: { type: 'boolean', about: 'with the small limits and timeouts that the checks use' },
  },
  async run({ root, words, flags, look, print, steps: load }) {
    const steps = await load()
    const step = findStep(steps, words[0] ?? 'step-01')
    const target: Target = flags.solution ? 'solution' : 'mine'
    const file = fileOf(step, target)
    if (!existsSync(join(root, file))) {
      const code = target === 'mine' ? 'E_FILE_MISSING' : 'E_NO_REFERENCE'
      throw new WorkshopError(code, { file, step: step.id })
    }
    const settings = flags.graded ? step.settings : {}
    for (const line of layerLines(steps, step, target)) print(look.paint('dim', line))
    for (const [name, value] of Object.entries(settings))
      print(look.paint('dim', `${name}=${value}`))

    const conditions = conditionsOf(steps, step, target).map((name) => `--conditions=${name}`)
    const server = spawn(
      process.execPath,
      [...conditions, '--import', 'tsx', 'steps/step-01-baseline/server.ts'],
      { cwd: root, stdio: 'inherit', env: { ...stringsOf(settings), ...process.env } },
    )
    handTerminalTo(server) // it may want to say good-bye
    return new Promise((resolve) => {
      server.on('exit', (code, signal) => resolve(signal ? 130 : (code ?? 0)))
    })
  },
})

const stringsOf = (settings: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]))

/** Which file each layer with more than one version comes from. */
function layerLines(steps: LoadedStep[], step: LoadedStep, target: Target): string[] {
  return steps
    .filter(({ shipsFinished }) => !shipsFinished)
    .map((one) => {
      const version =
        one.number > step.number
          ? `naive: ${one.files.naive}`
          : one.number === step.number && target === 'mine'
            ? `yours: ${one.files.work}`
            : `reference: ${one.files.reference}`
      return `#${one.layer.padEnd(12)} ${version}`
    })
}
