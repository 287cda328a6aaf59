import { crc32, createDeflateRaw, type DeflateRaw } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";

/** One file of an archive that is being written; the next one begins when this has ended. */
export interface ZipFile {
  write(text: string): Promise<void>;
  end(text: string): Promise<void>;
}

const DEFLATE = 8;
/** Of 1 to 9: the sheets are so regular that the higher ones take thrice the time for a tenth less. */
const LEVEL = 3;

/**
 * A ZIP archive that is never whole in memory: fflate writes the container, and Node packs the files, in a thread of its own
 * so that nobody waits for it.
 */
export class ZipStream {
  #chunks: Uint8Array[] = [];
  #packer: DeflateRaw | null = null;
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#chunks.push(chunk);
  });

  file(filename: string): ZipFile {
    const entry: ZipInputFile = { filename, size: 0, crc: 0, compression: DEFLATE };
    this.#zip.add(entry);
    const packer = createDeflateRaw({ level: LEVEL });
    this.#packer = packer;
    packer.on("data", (chunk: Buffer<ArrayBuffer>) => entry.ondata?.(null, chunk, false));
    const packed = new Promise<void>((resolve, reject) => {
      packer.once("end", resolve);
      packer.once("error", reject);
    });
    // Waited for at the end; until then, a failure is told by the write that meets it.
    packed.catch(() => {});
    const write = (text: string) => {
      const bytes = Buffer.from(text);
      entry.size += bytes.length;
      entry.crc = crc32(bytes, entry.crc);
      return new Promise<void>((resolve, reject) => {
        packer.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
    };
    return {
      write,
      async end(text) {
        await write(text);
        packer.end();
        await packed;
        entry.ondata?.(null, new Uint8Array(0), true);
      },
    };
  }

  /** All files have ended: writes what lists them. */
  end(): void {
    this.#zip.end();
  }

  /** What there is since this was asked last. */
  written(): readonly Uint8Array[] {
    return this.#chunks.splice(0);
  }

  /** Lets go of everything, wherever it stands. */
  close(): void {
    this.#packer?.destroy();
  }
}
