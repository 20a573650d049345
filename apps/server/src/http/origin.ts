import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'

/**
 * True unless a browser says that the request was made by a page of another origin. Programs that are no browser send
 * none of these headers; a browser sends at least one of them with every request that can change something.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, host: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return isOwnAddress(headers.origin, host) && isOwnAddress(headers.referer, host)
}

function isOwnAddress(address: string | undefined, host: string): boolean {
  if (address === undefined) return true
  const url = URL.parse(address)
  // Parsed alike, so that a default port named in one of them makes no difference.
  return url !== null && url.host !== '' && url.host === URL.parse(`${url.protocol}//${host}`)?.host
}

const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

/** A `Host` header that names this machine: a page under a rebound name or a proxy cannot send one. */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && LOOPBACK_NAME.test(host)

/** An address to listen on that only this machine can reach. */
export const isLoopbackAddress = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address) || address === '::ffff:127.0.0.1'

/** Made on this machine, by a program or one of our own pages; neither a rebound name nor a proxy. */
export const isFromThisMachine = ({
  headers,
  socket,
  ip,
}: Pick<FastifyRequest, 'headers' | 'socket' | 'ip'>): boolean =>
  isLoopbackAddress(socket.remoteAddress ?? ip) && isLoopbackHost(headers.host) && !cameThroughProxy(headers)

/** The request was passed on by a proxy. */
export const cameThroughProxy = (headers: IncomingHttpHeaders): boolean =>
  headers.via !== undefined ||
  headers.forwarded !== undefined ||
  headers['x-real-ip'] !== undefined ||
  Object.keys(headers).some((name) => name.startsWith('x-forwarded-'))
