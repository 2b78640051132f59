import { WorkshopError } from '../errors.ts'
import type { Output } from './output.ts'
import type { ServerPlan } from './start-server.ts'

/** Turns the last words of a server that ended before it listened into an error to be read. */
export function explainStart(plan: ServerPlan, output: Output, how: string): WorkshopError {
  const text = output.text
  const inRoot = (path: string) => path.replaceAll(`${plan.root}/`, '').replace(/^file:\/\//, '')

  // esbuild, through tsx: "/path/limits.ts:12:4: ERROR: Expected ";" but found "x""
  const syntax = /^(.+?):(\d+):(\d+): ERROR: (.+)$/m.exec(text)
  if (syntax) {
    const [, file = '', line, column, detail = ''] = syntax
    const where = `${inRoot(file)}, line ${line}, column ${column},`
    return new WorkshopError('E_SERVER_SYNTAX', { where, detail })
  }

  // V8: "SyntaxError: The requested module '#limits' does not provide an export named 'readJson'"
  const missing = /requested module '(.+?)' does not provide an export named '(.+?)'/.exec(text)
  if (missing) {
    const [, module = '', name = ''] = missing
    return new WorkshopError('E_SERVER_EXPORT', { file: layerFile(plan, module), name })
  }

  const notFound =
    /Cannot find (?:module|package) '(.+?)'(?: imported from (\S+))?/.exec(text) ??
    /No such built-in module: (\S+)/.exec(text) ??
    /Package import specifier "(.+?)" is not defined/.exec(text)
  if (notFound) {
    const [, name = '', from] = notFound
    const by = from ? ` (by ${inRoot(from)})` : ''
    return new WorkshopError('E_SERVER_IMPORT', { name: `"${inRoot(name)}"${by}` })
  }

  return new WorkshopError('E_SERVER_EXITED', { how, step: plan.step }, output.lastLines(12))
}

/** The file behind `#limits` as the learner knows it. */
function layerFile(plan: ServerPlan, specifier: string): string {
  return plan.replace?.specifier === specifier
    ? plan.replace.file
    : `${specifier.replace('#', '')}.ts`
}
