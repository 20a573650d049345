import type { Engine } from './engine.ts'
export function openPostgres(_options: { readonly url: string; readonly poolSize?: number }): Promise<Engine> {
  throw new Error('Postgres')
}
