import type { ProjectServer } from '@runnel/protocol/mcp-clients'
import type { ReactNode } from 'react'
import { ClientLinks } from './client-links.tsx'
import { JsonSettings } from './json-settings.tsx'

/** What MCP clients are given to reach a server of ours: a link, a command, or what goes into their settings. */
export const ClientSettings = ({ server }: { readonly server: ProjectServer }): ReactNode => (
  <>
    <ClientLinks server={server} />
    <JsonSettings server={server} first="http" />
  </>
)
