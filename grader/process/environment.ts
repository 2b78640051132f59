/** The variable that marks every process of one grade, so that none can be lost. */
export const gradeMarker = 'WORKSHOP_GRADE'

/** What a program needs of its surroundings; anything else of ours stays out of the server. */
const passedOn = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'NODE_COMPILE_CACHE',
]

/**
 * The environment of a graded server: a short list of the caller's variables, the step's settings
 * and the mark of the grade. NODE_OPTIONS, VITEST and the like never reach it.
 */
export function serverEnvironment(
  settings: Record<string, string | number>,
  gradeId: string,
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const name of passedOn) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  for (const [name, value] of Object.entries(settings)) env[name] = String(value)
  env[gradeMarker] = gradeId
  return env
}
