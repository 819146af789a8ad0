// Threads that share the work of an operation. TensorFlow's own threads are not within reach of its C API.
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "denormals.h"

namespace latent {

class Crew {
 public:
  /** As many as there are cores, the caller counted in; more than this many would wait for memory. */
  static constexpr int LARGEST = 16;

  explicit Crew(int size) : size_(size) {
    for (int i = 1; i < size; i++) std::thread([this] { help(); }).detach();
  }

  int size() const { return size_; }

  /**
   * Calls part(0) … part(count - 1), each once, and returns when all are done. Who is free takes the next part, so
   * a helper that the system is slow to wake costs nothing. An operation that finds the crew at work does its parts
   * itself.
   */
  template <class Part>
  void share(int count, const Part& part) {
    const FlushedDenormals flushed;
    std::unique_lock<std::mutex> turn(turn_, std::try_to_lock);
    if (!turn.owns_lock() || size_ == 1 || count == 1) {
      for (int i = 0; i < count; i++) part(i);
      return;
    }
    std::unique_lock<std::mutex> lock(mutex_);
    call_ = [](const void* of, int i) { (*static_cast<const Part*>(of))(i); };
    work_ = &part;
    next_ = 0;
    count_ = count;
    left_ = count;
    offered_++;
    if (asleep_ > 0) wake_.notify_all();
    take(lock, [this] { return next_++; });
    lock.unlock();
    linger([this] { return left_ == 0; });
    lock.lock();
    done_.wait(lock, [this] { return left_ == 0; });
  }

 private:
  void help() {
    const FlushedDenormals flushed;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      asleep_++;
      wake_.wait(lock, [this] { return next_ < count_; });
      asleep_--;
      do {
        take(lock, [this] { return --count_; });
        const int seen = offered_;
        lock.unlock();
        linger([this, seen] { return offered_ != seen; });
        lock.lock();
      } while (next_ < count_);
    }
  }

  /** Waits without sleep for a little while: in a step one operation follows the other, and to be woken takes longer. */
  template <class Condition>
  static void linger(const Condition& holds) {
    const auto end = std::chrono::steady_clock::now() + LINGER;
    while (!holds() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }

  template <class Choice>
  void take(std::unique_lock<std::mutex>& lock, const Choice& choose) {
    while (next_ < count_) {
      const int mine = choose();
      lock.unlock();
      call_(work_, mine);
      lock.lock();
      if (--left_ == 0) done_.notify_one();
    }
  }

  static constexpr std::chrono::microseconds LINGER{100};

  const int size_;
  std::mutex turn_, mutex_;
  std::condition_variable wake_, done_;
  void (*call_)(const void*, int) = nullptr;
  const void* work_ = nullptr;
  int next_ = 0, count_ = 0, asleep_ = 0;
  /** Changed under the mutex, and looked at without it. */
  std::atomic<int> left_{0}, offered_{0};
};

/** The one of this process. It is never taken down: its threads may wait in it while the process ends. */
inline Crew& crew() {
  static Crew* const one =
      new Crew(std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, Crew::LARGEST));
  return *one;
}

/** Shares `count` things out in stretches of `length`: calls stretch(from, to) for each, the same on every machine. */
template <class Stretch>
void share_stretches(int64_t count, int64_t length, const Stretch& stretch) {
  const int parts = static_cast<int>((count + length - 1) / length);
  crew().share(parts, [&](int i) { stretch(i * length, std::min(count, (i + 1) * length)); });
}

}  // namespace latent
