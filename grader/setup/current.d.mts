export declare function isCurrent(root: string): boolean
export declare function markCurrent(root: string): void
export declare function missingPackages(root: string): string[]
