import type { Config } from '#config'

/** Step 13 decides here how many processes call `listen`. */
export const scale = (_config: Config, listen: () => void): void => listen()
