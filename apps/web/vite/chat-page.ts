import type { Plugin } from 'vite'

/** Answers the addresses of shared chats with their HTML file while developing, as the server does with the built one. */
export function chatPage(): Plugin {
  return {
    name: 'runnel:chat-page',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/(playground|embed)\/[^/]+$/.test(request.url?.split('?', 1)[0] ?? '')) request.url = '/chat.html'
        next()
      })
    },
  }
}
