import type { Client } from 'discord.js';
import { onTestFinished } from 'vitest';
import { createDiscordSimulator, type DiscordSimulator, type SimulatorOptions } from './discord-simulator.ts';
import { type EchoBotParts, startEchoBot } from './echo-bot.ts';

export interface SimulatedBot {
  readonly simulator: DiscordSimulator;
  readonly client: Client<true>;
}

/** A simulator for one test; it is gone when the test is. */
export async function simulatorForTest(options: SimulatorOptions = {}): Promise<DiscordSimulator> {
  const simulator = await createDiscordSimulator(options);
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** A simulator and an echo bot in it, for one test. */
export async function simulatedBot(options: SimulatorOptions = {}, parts: EchoBotParts = {}): Promise<SimulatedBot> {
  const simulator = await simulatorForTest(options);
  const client = await startEchoBot(simulator, parts);
  onTestFinished(() => client.destroy());
  return { simulator, client };
}
