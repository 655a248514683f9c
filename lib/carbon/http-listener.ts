/**
 * True for the class of a listener that the load balancer forwards to, or that is the load balancer's own: pass-through
 * and NIO. False for the servlet transports of the other products, which have no such parameters.
 */
export function isHttpListener(className: string): boolean {
  return /\.(?:passthru\.PassThroughHttp\w*|nhttp\.HttpCoreNIO\w*)Listener$/.test(className);
}
