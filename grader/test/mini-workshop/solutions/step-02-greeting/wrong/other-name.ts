// caught by: E_SERVER_EXPORT
export function greetings(): void {}
