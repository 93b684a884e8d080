/**
 * Image pools on disk: {@link dev.tidepool.pool.PoolStore} is the door, {@link
 * dev.tidepool.pool.Pool} and {@link dev.tidepool.pool.Slot} are what it answers with. {@link
 * dev.tidepool.pool.PoolBase} is the folder that all pools of one ComfyUI lie in.
 */
@NullMarked
package dev.tidepool.pool;

import org.jspecify.annotations.NullMarked;
