/** The Langflow version whose API this server speaks: what clients know and compare. */
export const LANGFLOW_VERSION = '1.6.4'
/** What the server calls itself. */
export const PRODUCT = 'Runnel'
/** Its release. */
export const PRODUCT_VERSION = '0.1.0'
