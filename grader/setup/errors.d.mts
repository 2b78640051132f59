export type SetupErrorCode =
  | 'E_OFFLINE'
  | 'E_INSTALL_DISK'
  | 'E_INSTALL_PERMISSION'
  | 'E_INSTALL_LOCKFILE'
  | 'E_INSTALL_FAILED'
  | 'E_NPM_MISSING'
  | 'E_PLATFORM'
type Explained = { message: string; cause: string; next: string }
export declare const setupErrors: Readonly<Record<SetupErrorCode, Explained>>
export declare class SetupError extends Error {
  constructor(code: SetupErrorCode, details?: string[])
  code: SetupErrorCode
  details: string[]
  explain(): string
}
