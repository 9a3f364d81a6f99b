/// Tells others of a factory's alarms: a webhook, an Alertmanager.
///
/// Open [io.cromford.serving.delivery.AlarmDelivery] first. What is delivered is where each alarm
/// stands, not a queue of events: so a target that is down for a week costs no memory, and hears
/// when it is back what stands then. What is NOT here: what raises and ends an alarm, see
/// [io.cromford.flywheel.AlarmBook].
@NullMarked
package io.cromford.serving.delivery;

import org.jspecify.annotations.NullMarked;
