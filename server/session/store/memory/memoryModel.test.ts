import { describeAgainstModel } from "../contract/model/model.contract.ts";
import { makeMemoryStore } from "./memoryHarness.ts";

describeAgainstModel("memory", makeMemoryStore, 150);
