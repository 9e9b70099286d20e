package clinic;

import clinic.Facts.Room;

/** A stretch that takes one room: a {@link Place} or a {@link Meeting} that is held. */
public interface RoomUse {

    Room room();

    int start();

    int end();

    default int day() {
        return start() / Facts.MINUTES_PER_DAY;
    }
}
