/// The HTTP endpoint of a factory, and its metrics.
///
/// Open [io.cromford.server.Server] first. One event loop reads requests, hands batches to the
/// factory's thread and writes the answers; everything a client can make grow has a limit in
/// [io.cromford.server.ServerOptions]. Not here: what a record means, and what is decided on it.
@NullMarked
package io.cromford.server;

import org.jspecify.annotations.NullMarked;
