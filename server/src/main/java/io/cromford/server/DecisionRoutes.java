package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.serving.DecisionHistory;
import io.cromford.serving.DecisionSearch;
import io.cromford.serving.DecisionService;
import io.cromford.serving.DecisionView;
import io.vertx.core.Context;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Answers what is asked about decisions that were made. On the event loop; the ledger is read on
/// few threads of their own, so that no question delays a decision, and none waits behind too many.
final class DecisionRoutes {
  /// The most questions at once; beyond them 503.
  static final int MOST_WAITING = 16;

  private static final int THREADS = 2;

  /// A longer id is none.
  private static final int MAX_ID = 256;

  private final DecisionService service;
  private final Bodies bodies;
  private final WorkerExecutor threads;
  private int waiting;

  /// @param context of the event loop
  DecisionRoutes(DecisionService service, Context context, Bodies bodies) {
    this.service = service;
    this.bodies = bodies;
    this.threads = context.owner().createSharedWorkerExecutor("questions", THREADS);
  }

  /// One decision.
  void find(Exchange exchange, String encoded) {
    String id = Route.decode(encoded);
    ask(
        exchange,
        () -> {
          Optional<DecisionView> view = isId(id) ? service.find(id) : Optional.empty();
          return view.isPresent() ? Answers.toJson(view.get()) : none(id);
        });
  }

  private byte[] none(String id) {
    throw new CromfordException(
        ErrorCode.NOT_FOUND,
        isId(id)
            ? service.whyNone(id)
            : "this is no id: it has no character, or more than %d.".formatted(MAX_ID));
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= MAX_ID;
  }

  /// A decision among others on the same entity.
  void history(Exchange exchange, String encoded) {
    String id = Route.decode(encoded);
    ask(
        exchange,
        () -> {
          Optional<DecisionHistory> history = isId(id) ? service.historyOf(id) : Optional.empty();
          return history.isPresent() ? DecisionsJson.of(history.get()) : none(id);
        });
  }

  /// One that is made again, and compared.
  void rebuild(Exchange exchange, String encoded) {
    String id = Route.decode(encoded);
    ask(exchange, () -> isId(id) ? RebuiltJson.of(service.rebuild(id)) : none(id));
  }

  /// Decisions that are looked for.
  void search(Exchange exchange) {
    bodies.read(
        exchange,
        body -> {
          DecisionSearch search = SearchJson.read(body);
          ask(exchange, () -> DecisionsJson.of(service.search(search)));
        });
  }

  /// A search that takes long: the answer says where it is asked after.
  void searchAll(Exchange exchange) {
    bodies.read(
        exchange,
        body -> {
          DecisionSearch search = SearchJson.read(body);
          ask(exchange, Answers.ACCEPTED, () -> DecisionsJson.of(service.searchAll(search)));
        });
  }

  /// What such a search found.
  void searched(Exchange exchange, String encoded) {
    String id = Route.decode(encoded);
    ask(exchange, () -> DecisionsJson.of(service.searched(id)));
  }

  /// The alerts as work.
  void work(Exchange exchange) {
    String asked = Objects.requireNonNullElse(exchange.request().getParam("status"), "");
    List<WorkItem.Status> statuses = WorkJson.statuses(asked);
    ask(exchange, () -> WorkJson.of(service.work(statuses)));
  }

  private void ask(Exchange exchange, Callable<byte[]> question) {
    ask(exchange, Answers.OK, question);
  }

  private void ask(Exchange exchange, int status, Callable<byte[]> question) {
    if (waiting >= MOST_WAITING) {
      exchange.refuse(
          HttpProblem.of(
              ErrorCode.UNAVAILABLE,
              waiting + " questions are waiting.\nMaybe ask again in a second."));
      return;
    }
    waiting++;
    exchange.decides();
    threads
        .executeBlocking(question, false)
        .onComplete(answer -> {
          waiting--;
          if (answer.succeeded()) {
            exchange.answer(status, answer.result());
          } else {
            exchange.fail(answer.cause());
          }
        });
  }
}
