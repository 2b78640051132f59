import type { WorkshopError } from '../errors.ts'
import { type Look, wrap } from './terminal.ts'

/** An error of ours as one paragraph. */
export function errorText(error: WorkshopError, { paint, width }: Look): string {
  return [
    `${paint(['bold', 'red'], error.code)}  ${wrap(error.message, width, '  ')}`,
    `  ${wrap(error.likelyCause, width, '  ')}`,
    `  ${paint('bold', 'Next:')} ${wrap(error.next, width, '  ')}`,
    ...error.details.map((line) => paint('dim', `  | ${line}`)),
  ].join('\n')
}
