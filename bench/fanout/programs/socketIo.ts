import { createServer } from "node:http";
import { Server } from "socket.io";
import { answerBench } from "../../harness/inside.ts";
import { boardAt } from "../board.ts";
import { listening } from "../listening.ts";

// As its documentation begins, with a room.
const ROOM = "session";
const http = createServer();
const io = new Server(http);
io.on("connection", (socket) => void socket.join(ROOM));
http.listen(0, "127.0.0.1");
let version = 0;

answerBench({
  port: () => listening(http),
  push() {
    version += 1;
    io.to(ROOM).emit("leaderboard", boardAt(version));
    return version;
  },
});
