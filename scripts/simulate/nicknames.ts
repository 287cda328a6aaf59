const FIRST =
  `Ana Ben Chi Dao Eva Finn Gia Hugo Ines Jun Kaya Leo Mai Noor Omar Pia Quinn Rosa Sami Tuan Uma Vera Wen Ximena
Yara Zoe Aiko Bruno Clara Dmitri Elif Farah Goran Hana Ivan Jana Karim Lena Mateo Nadia Olga Pavel Rania Sven Thu
Viktor Yusuf Zara Lucia Minh`.split(/\s+/);
const SECOND = "Fox Owl Star Sun Moon Sky Wave Leaf Storm Ink Page Quill Comet Maple Jazz".split(" ");

/** The nickname of the n-th player, from 0: different ones for a long while. */
export function nicknameOf(n: number): string {
  const first = FIRST[n % FIRST.length] ?? "Player";
  const round = Math.floor(n / FIRST.length);
  if (round === 0) return first;
  const second = SECOND[(round - 1) % SECOND.length] ?? "";
  const rest = Math.floor((round - 1) / SECOND.length);
  return `${first} ${second}${rest === 0 ? "" : ` ${rest + 1}`}`;
}
