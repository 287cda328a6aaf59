import { choiceChart } from "./choiceChart.ts";
import { itemMap } from "./itemMap.ts";
import { progressChart } from "./progressChart.ts";
import { scoreChart } from "./scoreChart.ts";
import { timeChart } from "./timeChart.ts";

/** All charts of the reports, with the library that draws them: loaded as one part, by whoever shows the first chart. */
export const drawings = { choiceChart, itemMap, progressChart, scoreChart, timeChart };
