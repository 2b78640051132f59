export type PinnedNode = { packageName: string; path: string; version: string }
export declare const nodePackages: Readonly<Record<string, string>>
export declare function pinnedNode(root: string, platform?: string): PinnedNode
export declare function isPinned(pinned: PinnedNode): boolean
