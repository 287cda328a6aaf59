import "./changeWebhooks.ts";
import "./messages.ts";
import "./viewerWebhooks.ts";
